-- Of the alerts sent in a year: how many of those people had assistance in the fourth month after, had none, and of how
-- many nobody has told.
INSERT INTO stats_followup (year, type, receiver, still, ended, untold)
SELECT alert.year, alert.type, alert.receiver,
    count(*) FILTER (WHERE later.amount > 0),
    count(*) FILTER (WHERE later.amount <= 0),
    count(*) FILTER (WHERE later.amount IS NULL)
FROM stats_counted alert
JOIN referrals_client client ON client.referral_id = alert.id
LEFT JOIN referrals_recipient person ON person.person_index = client.person_index
LEFT JOIN referrals_assistancemonth later ON later.recipient_id = person.id AND later.month
    = (date_trunc('month', alert.sent_at AT TIME ZONE 'Europe/Helsinki') + make_interval(months => %(after)s))::date
WHERE alert.sent_at >= %(from)s AND alert.sent_at < %(to)s AND alert.type = ANY (%(types)s)
GROUP BY alert.year, alert.type, alert.receiver
