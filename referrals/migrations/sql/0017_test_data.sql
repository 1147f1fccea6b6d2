-- A referral and what belongs to it is test data or live data, whoever looks: our own jobs too see one side at a time.
SELECT keep_test_apart_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_referral', 'referrals_client', 'referrals_basicdecision',
    'referrals_supplementaryapplication', 'referrals_socialworkneed', 'referrals_under25', 'referrals_over25',
    'referrals_immigrant', 'referrals_loweredbasicamount',
    'referrals_message', 'referrals_messagesread', 'referrals_receipt',
    'referrals_attachment', 'referrals_attachmentcontent'
]) part;

-- What is paid to people, and how fast authorities are, has no test.
SELECT never_in_a_test_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_recipient', 'referrals_assistancemonth', 'referrals_watch', 'referrals_alert', 'referrals_alertrun',
    'referrals_pace'
]) part;

-- The one way to delete what was sent, and for test data alone: whoever owns this function is bound by the policies
-- too. All that points to a referral goes with it, so that no part added later is left behind.
CREATE POLICY wiped ON delivery_event FOR DELETE USING ((SELECT acting_role()) = 'system' AND (SELECT acting_test()));
CREATE FUNCTION wipe_test_data_v1(sender text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
    part record;
BEGIN
    IF NOT acting_test() OR acting_role() IS DISTINCT FROM 'system' THEN
        RAISE EXCEPTION 'only our own job for test data wipes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    gone := ARRAY(SELECT id FROM referrals_referral WHERE test AND sender_id = sender ORDER BY id FOR UPDATE);
    FOR part IN
        SELECT conrelid::regclass AS name, attname FROM pg_constraint
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = 'referrals_referral'::regclass
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', part.name, part.attname) USING gone;
    END LOOP;
    DELETE FROM delivery_event WHERE subject_id = ANY (gone);
    DELETE FROM referrals_referral WHERE id = ANY (gone);
    RETURN cardinality(gone);
END $$;
