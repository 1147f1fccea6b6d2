-- Whether a referral counts: all but those withdrawn because they should never have been sent. The reasons stand in
-- referrals/rules/lifecycle.py as well; a test compares the two.
CREATE FUNCTION counts_v1(withdrawal_reason text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN withdrawal_reason <> ALL (ARRAY[
        'sent_by_mistake', 'wrong_person', 'duplicate', 'recalled_run', 'recalled_import'
    ]);

-- Which cell a referral counts in is said once, and made into three: a view for building the counts anew, and two
-- triggers that note every change which moves referrals to other cells. These add rows only, so that those who send
-- at the same time never wait for each other; the counter folds the rows into the counts.
DO $$
DECLARE
    -- The Helsinki month of sending. Of people under non-disclosure neither home nor receiver is told: a receiver is
    -- an area too (Act 661/2009, section 36).
    cell text := $cell$
        extract(year FROM sent_at AT TIME ZONE 'Europe/Helsinki')::smallint AS year,
        extract(month FROM sent_at AT TIME ZONE 'Europe/Helsinki')::smallint AS month, type,
        CASE WHEN protected THEN 'withheld' ELSE coalesce(municipality_id, 'unknown') END AS area,
        CASE WHEN protected THEN 'withheld' ELSE coalesce(receiving_authority_id, '') END AS receiver, urgent, outcome
    $cell$;
    note text := $note$
        CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $body$
        BEGIN
            INSERT INTO stats_countchange (year, month, type, area, receiver, urgent, outcome, change)
            SELECT year, month, type, area, receiver, urgent, outcome, sum(change) FROM (%s) changes
            GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(change) <> 0;
            RETURN NULL;
        END $body$
    $note$;
    added text := format('SELECT %s, 1 AS change FROM new_rows WHERE counts_v1(withdrawal_reason)', cell);
    taken text := format('SELECT %s, -1 AS change FROM old_rows WHERE counts_v1(withdrawal_reason)', cell);
BEGIN
    EXECUTE format(
        'CREATE VIEW stats_counted WITH (security_invoker = true) AS
         SELECT id, sent_at, %s FROM referrals_referral WHERE counts_v1(withdrawal_reason)', cell);
    EXECUTE format(note, 'note_counts_added_v1', added);
    EXECUTE format(note, 'note_counts_moved_v1', added || ' UNION ALL ' || taken);
END $$;
-- Tests never count. A statement has to do with test data or with live data, never with both.
CREATE TRIGGER counts_added AFTER INSERT ON referrals_referral REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_counts_added_v1();
CREATE TRIGGER counts_moved AFTER UPDATE ON referrals_referral REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_counts_moved_v1();

-- What the pages read: the counts, and what has changed since they were last folded.
CREATE VIEW stats_count AS
SELECT year, month, type, area, receiver, urgent, outcome, count FROM stats_yearlycount
UNION ALL
SELECT year, month, type, area, receiver, urgent, outcome, change FROM stats_countchange;

-- The application folds changes; only the triggers make them.
REVOKE INSERT, UPDATE, TRUNCATE ON stats_countchange FROM kela_kunta_app;
