-- The feeds of tests are counted by themselves, so that a live feed has no gap where a test was.
ALTER TABLE delivery_feedcounter ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_feedcounter FORCE ROW LEVEL SECURITY;
CREATE POLICY counts ON delivery_feedcounter USING (true);

SELECT keep_test_apart_v1(part::regclass) FROM unnest(ARRAY[
    'delivery_feedcounter', 'delivery_event', 'delivery_reader', 'delivery_subscription'
]) part;

-- Nobody is written to about a test.
SELECT never_in_a_test_v1('delivery_letter');
