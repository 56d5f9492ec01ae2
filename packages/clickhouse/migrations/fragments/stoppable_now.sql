-- Whether an alert can be stopped now: the responsible party can switch it off, or a released firmware ends it and the device can
-- take it. What is protected is never counted so, what is unknown can't be. For wherever a condition may stand.
(suppression = 'suppressible' OR (remedy = 'released' AND suppression NOT IN ('protected', 'unknown')))
