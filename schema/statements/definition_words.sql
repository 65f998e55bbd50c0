-- All definitions with their words; a definition without words has one row with none.
SELECT definition.id, definition_word.wanted, definition_word.word
FROM definition
LEFT JOIN definition_word ON definition_word.definition = definition.id
ORDER BY definition.id, definition_word.wanted DESC
