-- The log of what happened: everybody tells it in their own name, our own jobs for others too (a hand-over, the replay
-- of a year), and it stays. Whom it shows to is said where its subjects are.
ALTER TABLE delivery_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_event FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON delivery_event FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (
        role = (SELECT acting_role()) AND actor_id = (SELECT acting_id())
        AND actor_authority = coalesce((SELECT acting_authority()), '')
    )
);
REVOKE UPDATE, DELETE, TRUNCATE ON delivery_event FROM kela_kunta_app;

-- Letters are the outbox's own: whoever posts one does so as a job, and nobody else reads whom we write to.
ALTER TABLE delivery_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON delivery_letter USING ((SELECT acting_role()) = 'system');
REVOKE TRUNCATE ON delivery_letter FROM kela_kunta_app;

-- A system notes its own reading; Kela's supervisors see who reads.
ALTER TABLE delivery_reader ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_reader FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON delivery_reader USING (
    (SELECT acting_role()) = 'system'
    OR (client_id = (SELECT acting_id()) AND authority_id = (SELECT acting_authority()))
);
CREATE POLICY supervised ON delivery_reader FOR SELECT USING ((SELECT acting_role()) = 'supervisor');
REVOKE TRUNCATE ON delivery_reader FROM kela_kunta_app;

-- An authority's systems see and change their authority's own subscriptions; our job sends; supervisors see how it goes.
ALTER TABLE delivery_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON delivery_subscription USING (
    (SELECT acting_role()) = 'system'
    OR ((SELECT acting_role()) = 'authority_system' AND authority_id = (SELECT acting_authority()))
);
CREATE POLICY supervised ON delivery_subscription FOR SELECT USING ((SELECT acting_role()) = 'supervisor');

ALTER TABLE delivery_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_subscription ON delivery_delivery USING (
    (SELECT acting_role()) = 'system'
    OR EXISTS (SELECT 1 FROM delivery_subscription s WHERE s.id = subscription_id)
);
REVOKE TRUNCATE ON delivery_subscription, delivery_delivery FROM kela_kunta_app;
