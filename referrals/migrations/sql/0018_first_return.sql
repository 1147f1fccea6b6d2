-- Of what has been returned already the history knows the first time.
SELECT set_config('kela_kunta.role', 'system', true);
UPDATE referrals_referral referral SET first_return_reason = first.reason, first_returned_by_id = first.authority
FROM (
    SELECT DISTINCT ON (subject_id) subject_id, data->>'reason' AS reason, actor_authority AS authority
    FROM delivery_event WHERE subject_kind = 'referral' AND kind = 'returned' ORDER BY subject_id, version
) first
WHERE referral.id = first.subject_id;
SELECT set_config('kela_kunta.role', '', true);
