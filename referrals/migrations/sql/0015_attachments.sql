-- Files show with their referral, are told by the side that sends, and never change.
SELECT protect_with_its_referral_v1(part::regclass), told_by_the_sending_side_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_attachment', 'referrals_attachmentcontent'
]) part;
-- Encrypted bytes do not get smaller.
ALTER TABLE referrals_attachmentcontent ALTER COLUMN sealed SET STORAGE EXTERNAL;
