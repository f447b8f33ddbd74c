-- It says now of each person whether they may lead the panel: what a function answers cannot be replaced.
DROP FUNCTION IF EXISTS people_of_panel(text);
