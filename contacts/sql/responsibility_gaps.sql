-- Municipality, type and days (both included) without an authority, Åland apart.
SELECT m.code, m.name_fi, wanted.type, lower(gap), upper(gap) - 1
FROM contacts_municipality m
CROSS JOIN unnest(%(types)s::text[]) AS wanted (type)
CROSS JOIN LATERAL (
    SELECT unnest(
        datemultirange(m.valid * daterange(%(first)s::date, %(last)s::date, '[]'))
        - coalesce(
            (
                SELECT range_agg(r.valid) FROM contacts_responsibility r
                WHERE r.municipality_id = m.code AND r.type = wanted.type
            ),
            '{}'::datemultirange
        )
    ) AS gap
) gaps
WHERE NOT EXISTS (
    SELECT 1 FROM contacts_municipalitycounty c WHERE c.municipality_id = m.code AND c.county_id = %(aland)s
)
ORDER BY m.code, wanted.type, lower(gap)
