-- A year's cells anew from the referrals; the answer is how many of them were not as they should have been, and how many
-- were written. {kept}, {changes} and {source} are the tables of one kind of counts, {cell} its columns.
-- One statement, so that one snapshot: a change that commits meanwhile is in neither the referrals read nor the changes
-- forgotten, and comes to the counts when it is folded.
WITH forgotten AS (
    DELETE FROM {changes} WHERE year = %(year)s RETURNING *
), fresh AS MATERIALIZED (
    SELECT {cell}, count(*)::int AS count
    FROM {source} WHERE sent_at >= %(from)s AND sent_at < %(to)s
    GROUP BY {cell}
), before AS (
    SELECT {cell}, sum(count)::int AS count
    FROM (
        SELECT {cell}, count FROM {kept} WHERE year = %(year)s
        UNION ALL
        SELECT {cell}, change FROM forgotten
    ) cells
    GROUP BY {cell} HAVING sum(count) <> 0
), built AS (
    MERGE INTO {kept} kept
    USING fresh
    ON ({kept_cell}) = ({fresh_cell})
    WHEN MATCHED AND kept.count <> fresh.count THEN UPDATE SET count = fresh.count
    WHEN NOT MATCHED BY TARGET THEN INSERT ({cell}, count) VALUES ({fresh_cell}, fresh.count)
    WHEN NOT MATCHED BY SOURCE AND kept.year = %(year)s THEN DELETE
    RETURNING 1
)
SELECT count(*), (SELECT count(*) FROM built)
FROM fresh FULL JOIN before USING ({cell})
WHERE fresh.count IS DISTINCT FROM before.count
