-- Puts down a question: as_of (?1), definition (?2), province (?3), source (?4), since (?5), until (?6),
-- import (?7), the text (?8) or the enterprise (?9) to be found.
INSERT INTO temp.asked
SELECT as_of, CAST(substr(as_of, 1, 4) AS INTEGER), substr(as_of, 6) = '12-31', ?2, ?3, ?4, ?7, ?5, ?6, ?8, ?9
FROM (SELECT coalesce(?1, (SELECT max(data_date) FROM import)) AS as_of)
