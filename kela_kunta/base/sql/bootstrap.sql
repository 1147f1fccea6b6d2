-- Once per database, as a superuser connected to it: the owner makes the tables, the application owns nothing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'kela_kunta_owner') THEN
        CREATE ROLE kela_kunta_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'kela_kunta_app') THEN
        CREATE ROLE kela_kunta_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
    END IF;
END $$;
ALTER SCHEMA public OWNER TO kela_kunta_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO kela_kunta_app;
DO $$
BEGIN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO kela_kunta_owner', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO kela_kunta_app', current_database());
END $$;
ALTER DEFAULT PRIVILEGES FOR ROLE kela_kunta_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kela_kunta_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kela_kunta_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO kela_kunta_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kela_kunta_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO kela_kunta_app;
