-- What is in the log already is told apart: the owner of the table is bound by its policies too, so it steps past them.
SELECT set_config('kela_kunta.role', 'system', true);
ALTER TABLE delivery_event NO FORCE ROW LEVEL SECURITY;
UPDATE delivery_event SET protected = false FROM referrals_referral r WHERE r.id = subject_id AND NOT r.protected;
ALTER TABLE delivery_event FORCE ROW LEVEL SECURITY;
SELECT set_config('kela_kunta.role', '', true);

-- An authority's system reads its whole feed, also that a referral left it; of the protected only when it is cleared.
-- By plain columns of the event, so that no look at the referral is needed, which the authority may not have any more.
DROP POLICY reads ON delivery_event;
CREATE POLICY reads ON delivery_event FOR SELECT USING (
    (SELECT acting_role()) = 'system'
    OR (
        authority_id = (SELECT acting_authority()) AND (SELECT acting_role()) = 'authority_system'
        AND (NOT protected OR (SELECT acting_cleared()))
    )
    OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = subject_id)
);
