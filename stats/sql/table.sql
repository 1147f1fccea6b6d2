-- Counts by some dimensions (stats/queries/tables.py). Each year's areas by the division of its last day, or by that of
-- the day %(division)s, on which merged municipalities have become their successors.
WITH RECURSIVE became AS (
    SELECT code, code AS now, 0 AS step FROM contacts_municipality
    UNION ALL
    SELECT became.code, gone.successor_id, step + 1
    FROM became JOIN contacts_municipality gone ON gone.code = became.now
    WHERE gone.successor_id IS NOT NULL AND upper(gone.valid) <= %(division)s::date
), latest AS (
    SELECT DISTINCT ON (code) code, now FROM became ORDER BY code, step DESC
), place AS (
    SELECT count.*, coalesce(latest.now, count.area) AS municipality,
           CASE WHEN count.area = 'withheld' THEN 'withheld' ELSE 'unknown' END AS nowhere,
           coalesce(%(division)s::date, make_date(count.year, 12, 31)) AS day
    FROM stats_count count LEFT JOIN latest ON latest.code = count.area
    WHERE count.year = ANY (%(years)s)
)
SELECT {dimensions}
FROM place
{joins}
WHERE true {limits}
GROUP BY {groups}
