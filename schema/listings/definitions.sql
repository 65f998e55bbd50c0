-- Definitions and their words
SELECT name,
       coalesce((SELECT group_concat(word, ' ') FROM (SELECT word FROM definition_word
                 WHERE definition = definition.id AND wanted ORDER BY word)), '') AS words,
       coalesce((SELECT group_concat(word, ' ') FROM (SELECT word FROM definition_word
                 WHERE definition = definition.id AND NOT wanted ORDER BY word)), '') AS unwanted,
       built_in
FROM definition
ORDER BY id
