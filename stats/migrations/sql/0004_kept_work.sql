-- Which cells a referral counts in is said once, as for the counts (0003), and made into a view and triggers. Days go
-- from the first delivery; an arrival on a day off counts as the next working day. A return counts for the authority
-- that first gave it back, all else for the one that has or had it last.
DO $$
DECLARE
    place text := $place$
        SELECT referral.id, sent_at, withdrawal_reason,
            extract(year FROM sent_at AT TIME ZONE 'Europe/Helsinki')::smallint AS year, type,
            CASE WHEN protected THEN 'withheld' ELSE coalesce(municipality_id, 'unknown') END AS area,
            CASE WHEN protected THEN 'withheld' ELSE coalesce(receiving_authority_id, '') END AS receiver,
            CASE WHEN protected THEN 'withheld' ELSE coalesce(first_returned_by_id, '') END AS returner,
            first_delivered_at, acknowledged_at, closed_at, first_due_on, first_return_reason,
            (coalesce(started_at, closed_at) AT TIME ZONE 'Europe/Helsinki')::date AS begun_on
        FROM %s referral WHERE counts_v1(withdrawal_reason)
    $place$;
    work text := $work$
        SELECT id, sent_at, year, type, area, CASE WHEN measure = 'returned' THEN returner ELSE receiver END AS receiver,
            measure, value, %s AS change
        FROM (
            SELECT place.id, sent_at, year, type, area, receiver, returner,
                unnest('{delivered,noted,closed,begun,returned}'::text[]) AS measure,
                unnest(ARRAY[
                    '',
                    CASE WHEN acknowledged_at IS NOT NULL THEN greatest(noted.number - before.number - 1, 0)::text END,
                    CASE WHEN closed_at IS NOT NULL THEN greatest(closed.number - before.number - 1, 0)::text END,
                    CASE WHEN begun_on <= first_due_on THEN 'in_time' WHEN begun_on > first_due_on THEN 'late' END,
                    nullif(first_return_reason, '')
                ]) AS value
            FROM (%s) place
            LEFT JOIN stats_workingday before
                ON before.day = (first_delivered_at AT TIME ZONE 'Europe/Helsinki')::date - 1
            LEFT JOIN stats_workingday noted ON noted.day = (acknowledged_at AT TIME ZONE 'Europe/Helsinki')::date
            LEFT JOIN stats_workingday closed ON closed.day = (closed_at AT TIME ZONE 'Europe/Helsinki')::date
            WHERE first_delivered_at IS NOT NULL
        ) measured
        WHERE value IS NOT NULL
    $work$;
    -- Reasons stand with the details of one type.
    need text := $need$
        SELECT place.id, sent_at, year, type, area, receiver, 'need' AS measure,
            unnest(details.reasons)::text AS value, %s AS change
        FROM (%s) place JOIN referrals_socialworkneed details ON details.referral_id = place.id
        WHERE type = 'social_work_need'
    $need$;
    -- They are looked up only where the referral moves to another cell. Nothing is joined but by key: this is planned once
    -- a session, perhaps for a single row, and then serves a thousand.
    moved text := $moved$
        SELECT id, min(sent_at) AS sent_at, year, type, area, receiver, sum(change) AS change
        FROM (SELECT *, 1 AS change FROM (%s) latter UNION ALL SELECT *, -1 FROM (%s) former) places
        GROUP BY id, year, type, area, receiver HAVING sum(change) <> 0
    $moved$;
    note text := $note$
        CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $body$
        BEGIN
            INSERT INTO stats_workchange (year, type, area, receiver, measure, value, change)
            SELECT year, type, area, receiver, measure, value, sum(change) FROM (%s) changes
            GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(change) <> 0;
            RETURN NULL;
        END $body$
    $note$;
    new_place text := format(place, 'new_rows');
    old_place text := format(place, 'old_rows');
    own_place text := format(place, 'referrals_referral');
BEGIN
    EXECUTE 'CREATE VIEW stats_worked WITH (security_invoker = true) AS '
        || format(work, '1', own_place) || ' UNION ALL ' || format(need, '1', own_place);
    EXECUTE format(note, 'note_work_added_v1', format(work, '1', new_place));
    EXECUTE format(note, 'note_work_moved_v1',
        format(work, '1', new_place) || ' UNION ALL ' || format(work, '-1', old_place)
        || ' UNION ALL ' || format(need, 'change', format(moved, new_place, old_place)));
    EXECUTE format(note, 'note_need_added_v1',
        format(replace(need, 'referrals_socialworkneed', 'new_rows'), '1', own_place
            || ' AND referral.id IN (SELECT referral_id FROM new_rows)'));
END $$;
CREATE TRIGGER work_added AFTER INSERT ON referrals_referral REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_work_added_v1();
CREATE TRIGGER work_moved AFTER UPDATE ON referrals_referral REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_work_moved_v1();
CREATE TRIGGER need_added AFTER INSERT ON referrals_socialworkneed REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_need_added_v1();

CREATE VIEW stats_work AS
SELECT year, type, area, receiver, measure, value, count FROM stats_workcount
UNION ALL
SELECT year, type, area, receiver, measure, value, change FROM stats_workchange;

-- The application folds changes; only the triggers make them. The days are given.
REVOKE INSERT, UPDATE, TRUNCATE ON stats_workchange FROM kela_kunta_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON stats_workingday FROM kela_kunta_app;
