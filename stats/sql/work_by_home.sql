-- A year's counts of work by measure, value and the client's home: its area by the division in force on a day.
SELECT coalesce(member.area, CASE WHEN work.area = 'withheld' THEN 'withheld' ELSE 'unknown' END) AS home,
       work.measure, work.value, sum(work.count)::bigint AS count
FROM stats_work work
LEFT JOIN (
    SELECT municipality_id, {area}_id AS area FROM contacts_municipality{area} WHERE (valid @> %(day)s::date) IS TRUE
) member ON member.municipality_id = work.area
WHERE work.year = %(year)s
GROUP BY 1, 2, 3
