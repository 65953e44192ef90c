-- The worker makes both tables at its start if they are not there.

-- A photo that is to become a video. Insert id and image, and the options that differ from the worker's.
create table if not exists fleet_photos (
    id              text primary key check (length(id) between 1 and 200),  -- names the request: one id is paid once
    image           text not null,                                          -- a link that the service can read
    prompt          text,
    negative_prompt text,
    resolution      text,
    duration        integer,
    seed            integer,
    watermark       boolean,
    added           timestamptz not null default now(),

    -- Written by the workers.
    state           text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'held')),
    claimed_by      text,
    claimed_until   timestamptz not null default '-infinity',
    claims          integer not null default 0,
    run             text,
    billing         text,
    video           text,
    reason          text,
    settle          text
);

create index if not exists fleet_photos_waiting on fleet_photos (claimed_until, added) where state = 'waiting';

create table if not exists fleet_videos (
    run   text primary key,
    photo text not null,
    made  timestamptz not null default now(),
    video bytea not null
);
