SELECT t.iri AS task FROM task t
WHERE (t.text LIKE '%x_y d_ng%' OR t.text LIKE '%ban h_nh%' OR t.text LIKE '%so_n th_o%' OR t.text LIKE '%l_p%')
  AND (EXISTS (SELECT 1 FROM statement s WHERE s.object = t.document AND s.predicate = 'implements' AND s.certainty = 'explicit')
    OR t.id IN (SELECT a.task FROM about a WHERE EXISTS (
      SELECT 1 FROM statement s WHERE s.object = a.document AND s.predicate = 'implements' AND s.certainty = 'explicit')))
ORDER BY t.iri
