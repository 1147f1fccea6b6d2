-- Tests never count. A statement has to do with test data or with live data, never with both.
DROP TRIGGER counts_added ON referrals_referral;
CREATE TRIGGER counts_added AFTER INSERT ON referrals_referral REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_counts_added_v1();
DROP TRIGGER counts_moved ON referrals_referral;
CREATE TRIGGER counts_moved AFTER UPDATE ON referrals_referral REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT WHEN (NOT acting_test()) EXECUTE FUNCTION note_counts_moved_v1();
