SELECT cells FROM tally WHERE id = ?1
