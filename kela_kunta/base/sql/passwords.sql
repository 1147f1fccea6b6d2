-- Run by psql after bootstrap.sql, where the roles' passwords come from the environment.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
ALTER ROLE kela_kunta_owner PASSWORD :'owner_password';
ALTER ROLE kela_kunta_app PASSWORD :'app_password';
