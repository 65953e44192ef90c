-- From version 4 to version 5 of the ledger of camel-hh1. The component runs it on first use; a database administrator can
-- run it beforehand instead. Stop every component of an older version first. SQLite needs neither of the statements about
-- hh1_owner: no component of an older version comes back to its file.

-- Name and time of the attempt before the last claim. They come back if that claim's own attempt is not billed.
alter table hh1_run add column before_lookup_id varchar(64);

alter table hh1_run add column before_sent_at bigint;

-- Components of an older version are dead, and none comes back.
delete from hh1_owner where format < 5;

alter table hh1_owner add constraint hh1_stop_components_before_version_5 check (format >= 5);

insert into hh1_schema (version) select 5 where not exists (select 1 from hh1_schema where version = 5);
