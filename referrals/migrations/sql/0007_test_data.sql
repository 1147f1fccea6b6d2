-- A referral and what belongs to it is test data or live data, whoever looks: our own jobs too see one side at a time.
SELECT keep_test_apart_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_referral', 'referrals_client', 'referrals_basicdecision',
    'referrals_supplementaryapplication', 'referrals_socialworkneed', 'referrals_under25', 'referrals_over25',
    'referrals_immigrant', 'referrals_loweredbasicamount',
    'referrals_message', 'referrals_messagesread', 'referrals_receipt',
    'referrals_attachment', 'referrals_attachmentcontent'
]) part;

-- What is paid to people, and how fast authorities are, has no test.
SELECT never_in_a_test_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_recipient', 'referrals_assistancemonth', 'referrals_assistanceimport', 'referrals_watch',
    'referrals_alert', 'referrals_alertrun', 'referrals_pace'
]) part;
