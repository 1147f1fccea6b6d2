-- A look is noted in the name of who looked; only our own jobs write for others.
DROP POLICY writes ON accounts_accesslog;
CREATE POLICY writes ON accounts_accesslog FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (role = (SELECT acting_role()) AND actor_id = (SELECT acting_id()))
);
