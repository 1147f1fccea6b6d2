-- Letters are the outbox's own: whoever posts one does so as a job, and nobody else reads whom we write to.
ALTER TABLE delivery_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON delivery_letter USING ((SELECT acting_role()) = 'system');
REVOKE TRUNCATE ON delivery_letter FROM kela_kunta_app;
