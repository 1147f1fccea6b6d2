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
), counted AS (
    SELECT {columns}, sum(count) AS count FROM stats_count WHERE year = ANY (%(years)s) GROUP BY {columns}
), place AS (
    SELECT counted.*, coalesce(latest.now, counted.area) AS municipality,
           CASE WHEN counted.area = 'withheld' THEN 'withheld' ELSE 'unknown' END AS nowhere,
           coalesce(%(division)s::date, make_date(counted.year, 12, 31)) AS day
    FROM counted LEFT JOIN latest ON latest.code = counted.area
)
SELECT {dimensions}
FROM place
{joins}
WHERE true {limits}
GROUP BY {groups}
