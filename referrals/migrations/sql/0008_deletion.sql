-- What is not kept any more is deleted by functions alone: the application has no right to delete what was sent. They are
-- bound by the policies, and by a floor of their own: whatever a caller asks for, nothing goes that is to be kept for more
-- than a month yet (referrals/rules/retention.py).
CREATE FUNCTION purges_v1(ended_before timestamptz, kept interval) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_test() OR acting_role() IS DISTINCT FROM 'system' THEN
        RAISE EXCEPTION 'only our own job purges' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF ended_before > now() - kept + interval '31 days' THEN
        RAISE EXCEPTION 'too young to be purged' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- All that points to a referral goes with it, so that no part added later is left behind.
CREATE FUNCTION forget_referrals_v1(gone uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT conrelid::regclass AS name, attname FROM pg_constraint
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = 'referrals_referral'::regclass
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', part.name, part.attname) USING gone;
    END LOOP;
    DELETE FROM delivery_event WHERE subject_id = ANY (gone);
    DELETE FROM referrals_referral WHERE id = ANY (gone);
END $$;

-- What a test client sent goes when it asks for it.
CREATE POLICY wiped ON delivery_event FOR DELETE USING ((SELECT acting_role()) = 'system' AND (SELECT acting_test()));
CREATE FUNCTION wipe_test_data_v1(sender text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
BEGIN
    IF NOT acting_test() OR acting_role() IS DISTINCT FROM 'system' THEN
        RAISE EXCEPTION 'only our own job for test data wipes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    gone := ARRAY(SELECT id FROM referrals_referral WHERE test AND sender_id = sender ORDER BY id FOR UPDATE);
    PERFORM forget_referrals_v1(gone);
    RETURN cardinality(gone);
END $$;

-- A referral has ended when it was closed, or withdrawn: then nothing moves it any more.
CREATE FUNCTION ended_at_v1(referral referrals_referral) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE referral.status
        WHEN 'closed' THEN referral.closed_at
        WHEN 'withdrawn' THEN (SELECT min(at) FROM delivery_event WHERE subject_id = referral.id AND status = 'withdrawn')
    END
$$;

CREATE POLICY purged ON delivery_event FOR DELETE USING ((SELECT acting_role()) = 'system' AND NOT (SELECT acting_test()));
CREATE FUNCTION purge_referrals_v1(ended_before timestamptz, mistaken_before timestamptz, mistakes text[], most integer)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone uuid[];
BEGIN
    PERFORM purges_v1(ended_before, '10 years');
    PERFORM purges_v1(mistaken_before, '1 year');
    IF EXISTS (SELECT FROM unnest(mistakes) reason WHERE counts_v1(reason)) THEN
        RAISE EXCEPTION 'what counts was no mistake' USING ERRCODE = 'insufficient_privilege';
    END IF;
    gone := ARRAY(
        SELECT id FROM referrals_referral referral
        WHERE (sent_at < ended_before AND status IN ('closed', 'withdrawn') AND ended_at_v1(referral) < ended_before)
            OR (withdrawal_reason = ANY (mistakes) AND sent_at < mistaken_before
                AND ended_at_v1(referral) < mistaken_before
                AND NOT EXISTS (SELECT 1 FROM referrals_alert WHERE referral_id = referral.id))
        ORDER BY sent_at, id LIMIT most FOR UPDATE SKIP LOCKED
    );
    -- That a run of months was told of is remembered as long as the months.
    UPDATE referrals_alert SET state = 'dropped', dropped_because = 'purged', referral_id = NULL
    WHERE referral_id = ANY (gone);
    INSERT INTO referrals_trace (id, person_index)
    SELECT referral_id, person_index FROM referrals_client WHERE referral_id = ANY (gone) AND person_index IS NOT NULL;
    PERFORM forget_referrals_v1(gone);
    RETURN cardinality(gone);
END $$;

-- What was written long after the end is kept as long from then on.
CREATE FUNCTION purge_messages_v1(ended_before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    PERFORM purges_v1(ended_before, '3 years');
    WITH ended AS MATERIALIZED (
        SELECT id FROM referrals_referral referral
        WHERE sent_at < ended_before AND status IN ('closed', 'withdrawn') AND ended_at_v1(referral) < ended_before
            AND EXISTS (SELECT 1 FROM referrals_message WHERE referral_id = referral.id AND at < ended_before)
    ), forgotten AS (
        DELETE FROM referrals_messagesread WHERE referral_id IN (SELECT id FROM ended) AND at < ended_before
    ), gone AS (
        DELETE FROM referrals_message WHERE referral_id IN (SELECT id FROM ended) AND at < ended_before RETURNING 1
    )
    SELECT count(*) INTO number FROM gone;
    RETURN number;
END $$;

-- An unbroken run of months goes as a whole, with the findings about it that are no referral, and an import with the last of
-- its months; whoever has no month and no alert left is forgotten.
CREATE FUNCTION purge_months_v1(ended_before date) RETURNS TABLE (months bigint, imports bigint, people bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM purges_v1(ended_before::timestamptz, '2 years');
    WITH old AS (
        SELECT DISTINCT recipient_id FROM referrals_assistancemonth WHERE month < ended_before
    ), placed AS (
        SELECT recipient_id, month, extract(year FROM month) * 12 + extract(month FROM month)
            - row_number() OVER (PARTITION BY recipient_id ORDER BY month) AS run
        FROM referrals_assistancemonth JOIN old USING (recipient_id)
    ), ended AS (
        SELECT recipient_id, min(month) AS first, max(month) AS last FROM placed
        GROUP BY recipient_id, run HAVING max(month) < ended_before
    ), gone AS (
        DELETE FROM referrals_assistancemonth told USING ended
        WHERE told.recipient_id = ended.recipient_id AND told.month BETWEEN ended.first AND ended.last
        RETURNING 1
    )
    SELECT count(*) INTO months FROM gone;
    WITH gone AS (
        DELETE FROM referrals_assistanceimport made WHERE told_at < ended_before
            AND (recalled_at IS NULL OR recall_done_at < ended_before)
            AND NOT EXISTS (SELECT 1 FROM referrals_assistancemonth WHERE brought_by_id = made.id)
        RETURNING 1
    )
    SELECT count(*) INTO imports FROM gone;
    DELETE FROM referrals_alert alert WHERE state IN ('dropped', 'lacking', 'coming') AND last_month < ended_before
        AND NOT EXISTS (
            SELECT 1 FROM referrals_assistancemonth told
            WHERE told.recipient_id = alert.recipient_id AND told.month = alert.last_month
        );
    WITH forgotten AS MATERIALIZED (
        SELECT id, person_index FROM referrals_recipient person
        WHERE NOT EXISTS (SELECT 1 FROM referrals_assistancemonth WHERE recipient_id = person.id)
            AND NOT EXISTS (SELECT 1 FROM referrals_alert WHERE recipient_id = person.id)
    ), traced AS (
        INSERT INTO referrals_trace (id, person_index) SELECT id, person_index FROM forgotten
    ), unwatched AS (
        DELETE FROM referrals_watch WHERE recipient_id IN (SELECT id FROM forgotten)
    ), gone AS (
        DELETE FROM referrals_recipient WHERE id IN (SELECT id FROM forgotten) RETURNING 1
    )
    SELECT count(*) INTO people FROM gone;
    RETURN NEXT;
END $$;

-- A detection goes when nothing that it found is kept any more.
CREATE FUNCTION purge_runs_v1(started_before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    PERFORM purges_v1(started_before, '10 years');
    WITH gone AS (
        DELETE FROM referrals_alertrun run WHERE started_at < started_before
            AND (recalled_at IS NULL OR recall_done_at < started_before)
            AND NOT EXISTS (SELECT 1 FROM referrals_alert WHERE run_id = run.id)
        RETURNING 1
    )
    SELECT count(*) INTO number FROM gone;
    RETURN number;
END $$;

-- A purge closes years for counting: our own jobs alone say that there was one, and everybody may know.
ALTER TABLE referrals_purge ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_purge FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_write ON referrals_purge USING ((SELECT acting_role()) = 'system');
CREATE POLICY reads ON referrals_purge FOR SELECT USING (true);
SELECT never_in_a_test_v1('referrals_purge');
REVOKE DELETE, TRUNCATE ON referrals_purge FROM kela_kunta_app;

-- Whose deleted referrals were is our own jobs' to know; the functions that delete write it.
ALTER TABLE referrals_trace ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_trace FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON referrals_trace USING ((SELECT acting_role()) = 'system');
SELECT never_in_a_test_v1('referrals_trace');
REVOKE UPDATE, TRUNCATE ON referrals_trace FROM kela_kunta_app;
