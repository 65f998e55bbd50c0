INSERT INTO import (id, path, hash, bytes, source, data_date, data_date_from, format, encoding, header_row,
                    program_version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
