-- What each outlet brought
SELECT * FROM out_outlets ORDER BY articles DESC, outlet;
