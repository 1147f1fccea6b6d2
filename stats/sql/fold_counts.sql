-- What has changed into the counts; a cell that nothing is left in goes.
WITH changes AS (
    DELETE FROM stats_countchange RETURNING *
), summed AS (
    SELECT year, month, type, area, receiver, urgent, outcome, sum(change)::int AS change
    FROM changes GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(change) <> 0
)
MERGE INTO stats_yearlycount kept
USING summed
ON (kept.year, kept.month, kept.type, kept.area, kept.receiver, kept.urgent, kept.outcome)
   = (summed.year, summed.month, summed.type, summed.area, summed.receiver, summed.urgent, summed.outcome)
WHEN MATCHED AND kept.count + summed.change = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET count = kept.count + summed.change
WHEN NOT MATCHED THEN
    INSERT (year, month, type, area, receiver, urgent, outcome, count)
    VALUES (summed.year, summed.month, summed.type, summed.area, summed.receiver, summed.urgent, summed.outcome,
            summed.change)
