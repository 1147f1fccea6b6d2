-- What has changed into the counts of one kind (as in build.sql); a cell that nothing is left in goes.
WITH changed AS (
    DELETE FROM {changes} RETURNING *
), fresh AS (
    SELECT {cell}, sum(change)::int AS change
    FROM changed GROUP BY {cell} HAVING sum(change) <> 0
)
MERGE INTO {kept} kept
USING fresh
ON ({kept_cell}) = ({fresh_cell})
WHEN MATCHED AND kept.count + fresh.change = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET count = kept.count + fresh.change
WHEN NOT MATCHED THEN INSERT ({cell}, count) VALUES ({fresh_cell}, fresh.change)
