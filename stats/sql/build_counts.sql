-- The counts of one year from its referrals. A referral counts once, in the Helsinki month of sending, whatever
-- became of it, unless it was withdrawn because it should never have been sent. Of people under non-disclosure neither
-- home nor receiver is told: a receiver is an area too (Act 661/2009, section 36).
INSERT INTO stats_yearlycount (year, month, type, area, receiver, urgent, outcome, count)
SELECT %(year)s, extract(month FROM sent_at AT TIME ZONE 'Europe/Helsinki')::int, type,
       CASE WHEN protected THEN 'withheld' ELSE coalesce(municipality_id, 'unknown') END,
       CASE WHEN protected THEN 'withheld' ELSE coalesce(receiving_authority_id, '') END, urgent, outcome, count(*)
FROM referrals_referral
WHERE sent_at >= %(from)s AND sent_at < %(to)s AND NOT withdrawal_reason = ANY (%(excluded)s)
GROUP BY 1, 2, 3, 4, 5, 6, 7
