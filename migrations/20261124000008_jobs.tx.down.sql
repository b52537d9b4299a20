DROP TABLE jobs;
--bun:split
DROP TABLE file_parts;
--bun:split
DROP TABLE files;
