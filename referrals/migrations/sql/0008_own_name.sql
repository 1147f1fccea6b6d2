-- Who may add what, held a second time: Kela's side sends, each in their own name, and nobody tells what another did.
-- Restrictive policies narrow what 0002 allows; the sub-selects run once a statement.
CREATE POLICY sends ON referrals_referral AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (
        (SELECT acting_role()) IN ('handler', 'supervisor', 'kela_system')
        AND sender_id = (SELECT acting_id()) AND sender_role = (SELECT acting_role())
    )
);

-- What a referral tells is added by the side that sends, and is never changed.
CREATE FUNCTION told_by_the_sending_side_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY told_by_the_sending_side ON %s AS RESTRICTIVE FOR INSERT WITH CHECK (
             (SELECT acting_role()) IN (''system'', ''handler'', ''supervisor'', ''kela_system'')
         )', part);
    EXECUTE format('REVOKE UPDATE ON %s FROM kela_kunta_app', part);
END $$;
SELECT told_by_the_sending_side_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_client', 'referrals_basicdecision',
    'referrals_supplementaryapplication', 'referrals_socialworkneed', 'referrals_under25', 'referrals_over25',
    'referrals_immigrant', 'referrals_loweredbasicamount'
]) part;

-- Our own jobs write for others: a hand-over, the replay of a year.
DROP POLICY writes ON delivery_event;
CREATE POLICY writes ON delivery_event FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (
        role = (SELECT acting_role()) AND actor_id = (SELECT acting_id())
        AND actor_authority = coalesce((SELECT acting_authority()), '')
    )
);

-- Where pg_temp is not named it is searched first, and the application may make temporary tables.
ALTER FUNCTION referral_moves_lawfully_v1() SET search_path = pg_catalog, public, pg_temp;
