-- Of a file that was set aside: names of members that nothing is left of.
DELETE FROM file_member
WHERE file_id = :file_id
  AND NOT EXISTS (
    SELECT 1
    FROM file_content AS fc
    WHERE fc.file_id = file_member.file_id
      AND fc.member = file_member.member
);
