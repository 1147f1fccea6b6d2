-- The counts of one year anew from the referrals; the answer is how many cells were not as they should have been.
-- One statement, so that one snapshot: a change that commits meanwhile is in neither the referrals read nor the changes
-- forgotten, and comes to the counts when it is folded.
WITH forgotten AS (
    DELETE FROM stats_countchange WHERE year = %(year)s RETURNING *
), fresh AS MATERIALIZED (
    SELECT year, month, type, area, receiver, urgent, outcome, count(*)::int AS count
    FROM stats_counted WHERE sent_at >= %(from)s AND sent_at < %(to)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
), before AS (
    SELECT year, month, type, area, receiver, urgent, outcome, sum(count)::int AS count
    FROM (
        SELECT year, month, type, area, receiver, urgent, outcome, count FROM stats_yearlycount WHERE year = %(year)s
        UNION ALL
        SELECT year, month, type, area, receiver, urgent, outcome, change FROM forgotten
    ) cells
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(count) <> 0
), built AS (
    MERGE INTO stats_yearlycount kept
    USING fresh
    ON (kept.year, kept.month, kept.type, kept.area, kept.receiver, kept.urgent, kept.outcome)
       = (fresh.year, fresh.month, fresh.type, fresh.area, fresh.receiver, fresh.urgent, fresh.outcome)
    WHEN MATCHED AND kept.count <> fresh.count THEN UPDATE SET count = fresh.count
    WHEN NOT MATCHED BY TARGET THEN
        INSERT (year, month, type, area, receiver, urgent, outcome, count)
        VALUES (fresh.year, fresh.month, fresh.type, fresh.area, fresh.receiver, fresh.urgent, fresh.outcome,
                fresh.count)
    WHEN NOT MATCHED BY SOURCE AND kept.year = %(year)s THEN DELETE
    RETURNING 1
)
SELECT count(*), (SELECT count(*) FROM built)
FROM fresh FULL JOIN before USING (year, month, type, area, receiver, urgent, outcome)
WHERE fresh.count IS DISTINCT FROM before.count
