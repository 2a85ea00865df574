-- A file holds a content.
INSERT OR REPLACE INTO file_content (file_id, member, content_id)
VALUES (:file_id, :member, :content_id);
