-- A year's counts by type and area of a division (regions, counties or districts) in force on the year's last day.
-- What has no municipality stays as "unknown" or "withheld", so that the rows add up to the whole.
SELECT count.type, coalesce(member.area, CASE WHEN count.area = 'withheld' THEN 'withheld' ELSE 'unknown' END) AS area,
       sum(count.count)::bigint AS total
FROM stats_count count
LEFT JOIN (
    SELECT municipality_id, {area}_id AS area FROM contacts_municipality{area} WHERE (valid @> %(day)s::date) IS TRUE
) member ON member.municipality_id = count.area
WHERE count.year = %(year)s
GROUP BY 1, 2
