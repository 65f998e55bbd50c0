-- The record (?2), if it is of the same source (?1) and says the same: its enterprise, and whether that has others.
SELECT enterprise,
       enterprise <> id OR EXISTS (SELECT 1 FROM record AS other INDEXED BY record_by_enterprise
                                   WHERE other.enterprise = record.id AND other.enterprise <> other.id)
FROM record
WHERE id = ?2 AND source = ?1
  AND name = ?3 AND credit_code IS ?4 AND registration_no IS ?5 AND organisation_code IS ?6
  AND founded_on = ?7 AND status IS ?8 AND ceased_on IS ?9 AND capital IS ?10 AND type IS ?11
  AND industry IS ?12 AND province IS ?13 AND city IS ?14 AND district IS ?15 AND address IS ?16
  AND scope IS ?17 AND former_names IS ?18
