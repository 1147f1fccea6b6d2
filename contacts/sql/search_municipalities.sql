-- Municipalities by name in Finnish or Swedish, best match first.
-- The whole name beats its beginning, that the beginning of a word in it, that a likeness; of equals the larger
-- municipality comes first, merged ones last. Accents, case and hyphens do not matter.
WITH wanted AS (SELECT trim(replace(lower(unaccent(%(text)s)), '-', ' ')) AS text),
named AS (
    SELECT code, replace(lower(unaccent(name)), '-', ' ') AS name
    FROM contacts_municipality, unnest(ARRAY[name_fi, name_sv]) AS name
),
scored AS (
    SELECT
        code,
        max(
            similarity(name, text)
            + CASE
                WHEN name = text THEN 3
                WHEN starts_with(name, text) THEN 2
                WHEN strpos(name, ' ' || text) > 0 THEN 1
                ELSE 0
            END
        ) AS score
    FROM named, wanted
    WHERE text <> ''
    GROUP BY code
)
SELECT m.code
FROM scored
JOIN contacts_municipality m USING (code)
WHERE score >= 0.2
ORDER BY score DESC, m.population_2022 DESC NULLS LAST, m.sort_key
LIMIT %(limit)s
