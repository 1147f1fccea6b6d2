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
