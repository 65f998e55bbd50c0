-- The names of the sources of an enterprise's records (ids as a JSON array, ?1), in alphabetical order.
SELECT group_concat(name, '+')
FROM (SELECT name FROM source WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY name)
