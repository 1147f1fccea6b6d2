-- The names that may be meant by a text, with the text as names are folded; rules/likeness.py measures them then.
-- Trigrams alone are too coarse for the names of municipalities: "Kmei" and "Kemi" share one of five. So all of those
-- are looked at, by twice as many letters as may be wrong (two that are swapped are two to levenshtein); from the
-- longer lists of the other kinds an index of trigrams picks, and beginnings alone while there are few letters.
-- Authorities that serve nobody today are left out, and places that are called like their municipality.
WITH typed AS MATERIALIZED (SELECT left(search_text(%(text)s), 120) AS text),
picked AS (
    SELECT * FROM contacts_searchname
    WHERE kind = 'municipality' AND kind = ANY(%(kinds)s)
    UNION ALL
    SELECT * FROM contacts_searchname
    WHERE kind <> 'municipality' AND kind = ANY(%(kinds)s) AND length((SELECT text FROM typed)) > 1 AND (
        name LIKE (SELECT text FROM typed) || '%%'
        OR name %% (SELECT text FROM typed)
        OR name %%> (SELECT text FROM typed)
    )
),
near AS MATERIALIZED (
    SELECT kind, key, name, tail, text
    FROM picked, typed
    WHERE text <> '' AND (
        starts_with(name, text)
        OR (kind = 'municipality' OR length(text) >= 4)
        AND levenshtein_less_equal(text, left(name, length(text)), %(letters)s) <= %(letters)s
    )
)
SELECT * FROM near
WHERE NOT (
    kind = 'authority' AND key <> 'kela'
    AND NOT EXISTS (SELECT FROM contacts_responsibility WHERE authority_id = key AND valid @> %(today)s::date)
) AND NOT (
    kind = 'place'
    AND EXISTS (
        SELECT FROM contacts_postalcode AS postal
        JOIN contacts_searchname AS called ON called.kind = 'municipality' AND called.key = postal.municipality_id
        WHERE postal.code = near.key AND called.name = near.name
    )
)
