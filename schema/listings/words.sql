-- The words of the definition that is asked for; unwanted ones have wanted = 0
SELECT definition_word.word, definition_word.wanted
FROM asked JOIN definition_word ON definition_word.definition = asked.definition
ORDER BY definition_word.wanted DESC, definition_word.word
