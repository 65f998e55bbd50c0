UPDATE import SET new = ?2, updated = ?3, unchanged = ?4, refused = ?5, skipped = ?6, hash = ?7 WHERE id = ?1
