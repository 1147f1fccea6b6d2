-- The names that may be meant by a text, with the text as names are folded; rules/likeness.py measures them then.
-- Trigrams alone are too coarse for the names of municipalities: "Kmei" and "Kemi" share one of five. So all of those
-- are looked at; of the longer lists of the other kinds an index of trigrams picks, from the third letter on. What is
-- left over has beginnings of about the text's length with few enough other letters: two that are swapped are two to
-- levenshtein, hence one more than may be wrong. Authorities that serve nobody today are left out.
WITH typed AS MATERIALIZED (SELECT left(search_text(%(text)s), 120) AS text),
picked AS (
    SELECT kind, key, name, tail, text
    FROM contacts_searchname, typed
    WHERE kind = 'municipality' AND kind = ANY(%(kinds)s)
    UNION ALL
    SELECT kind, key, name, tail, (SELECT text FROM typed)
    FROM contacts_searchname
    WHERE kind <> 'municipality' AND kind = ANY(%(kinds)s) AND length((SELECT text FROM typed)) > 2
        AND name LIKE (SELECT text FROM typed) || '%%'
    UNION ALL
    SELECT kind, key, name, tail, (SELECT text FROM typed)
    FROM contacts_searchname
    WHERE kind <> 'municipality' AND kind = ANY(%(kinds)s) AND length((SELECT text FROM typed)) > 3
        AND (name %% (SELECT text FROM typed) OR name %%> (SELECT text FROM typed))
)
SELECT kind, key, name, tail, text
FROM picked
WHERE text <> ''
    AND (
        starts_with(name, text)
        OR least(
            levenshtein_less_equal(text, left(name, length(text) - 1), %(letters)s),
            levenshtein_less_equal(text, left(name, length(text)), %(letters)s),
            levenshtein_less_equal(text, left(name, length(text) + 1), %(letters)s)
        ) <= %(letters)s
    )
    AND NOT (
        kind = 'authority' AND key <> 'kela'
        AND NOT EXISTS (SELECT FROM contacts_responsibility WHERE authority_id = key AND valid @> %(today)s::date)
    )
