/// In the sequential order: a walk that does nothing else, and the leaves behind it.
fn smoothed(samples: &[f64]) -> Vec<f64> {
    let mut level = 0.0;
    let mut levels = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("smoothed", ::core::file!(), 8u32);
        let law_levels = rt::monoid::<rt::ops::Append, _>(&levels);
        let carried;
        (carried, (levels,)) = rt::Scan::new(
                rt::Region::new(&SITE).ordered(),
                rt::source(samples),
                (level,),
            )
            .in_order(|(mut level,), piece| {
                #[allow(unused, clippy::all)]
                'summary: for sample in piece {
                    level = 0.75 * level + 0.25 * sample;
                }
                (level,)
            })
            .run(
                (levels,),
                |(mut level,), (mut levels,), piece| {
                    for sample in piece {
                        level = 0.75 * level + 0.25 * sample;
                        levels.push(level);
                    }
                    ((level,), (levels,))
                },
                |(levels,)| (law_levels.fresh(levels),),
                |(left_levels,), (right_levels,)| {
                    law_levels.combine(left_levels, right_levels);
                },
            );
        #[allow(unused_assignments)]
        {
            (level,) = carried;
        }
    }
    levels
}
/// Linear steps of integers.
fn polynomial(digits: &[i64], x: i64) -> Vec<i64> {
    let mut value = 0;
    let mut values = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("polynomial", ::core::file!(), 20u32);
        let law_values = rt::monoid::<rt::ops::Append, _>(&values);
        let carried;
        (carried, (values,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(digits),
                (value,),
            )
            .steps(
                |(value,), piece| {
                    let mut value = rt::affine(value);
                    #[allow(unused, clippy::all)]
                    'summary: for digit in piece {
                        value.mul(x);
                        value.add(digit);
                    }
                    (value,)
                },
                |(value_after,), (value,)| rt::Step::apply(&value_after, value),
            )
            .run(
                (values,),
                |(mut value,), (mut values,), piece| {
                    let x = x;
                    for digit in piece {
                        value = value * x + digit;
                        values.push(value);
                    }
                    ((value,), (values,))
                },
                |(values,)| (law_values.fresh(values),),
                |(left_values,), (right_values,)| {
                    law_values.combine(left_values, right_values);
                },
            );
        #[allow(unused_assignments)]
        {
            (value,) = carried;
        }
    }
    values
}
/// Sums that stop at the ends of the type.
fn volume(changes: &[(bool, u8)]) -> Vec<u8> {
    let mut volume = 100u8;
    let mut volumes = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("volume", ::core::file!(), 32u32);
        let law_volumes = rt::monoid::<rt::ops::Append, _>(&volumes);
        let carried;
        (carried, (volumes,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(changes),
                (volume,),
            )
            .steps(
                |(volume,), piece| {
                    let mut volume = rt::clamp(volume);
                    #[allow(unused, clippy::all)]
                    'summary: for &(is_up, by) in piece {
                        if is_up {
                            volume.saturating_add(by);
                        } else {
                            volume.saturating_sub(by);
                        }
                    }
                    (volume,)
                },
                |(volume_after,), (volume,)| rt::Step::apply(&volume_after, volume),
            )
            .run(
                (volumes,),
                |(mut volume,), (mut volumes,), piece| {
                    for &(is_up, by) in piece {
                        if is_up {
                            volume = volume.saturating_add(by);
                        } else {
                            volume = volume.saturating_sub(by);
                        }
                        volumes.push(volume);
                    }
                    ((volume,), (volumes,))
                },
                |(volumes,)| (law_volumes.fresh(volumes),),
                |(left_volumes,), (right_volumes,)| {
                    law_volumes.combine(left_volumes, right_volumes);
                },
            );
        #[allow(unused_assignments)]
        {
            (volume,) = carried;
        }
    }
    volumes
}
/// Sums between bounds.
fn reservoir(flows: &[i32], full: i32, levels: &mut [i32]) {
    let mut level = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("reservoir", ::core::file!(), 47u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(0..flows.len()),
                    (rt::Part::new(&mut levels[..], 0, 1),),
                ),
                (level,),
            )
            .steps(
                |(level,), piece| {
                    #[allow(unused)]
                    let (piece, (levels,)) = piece.apart();
                    let mut level = rt::clamp(level);
                    #[allow(unused, clippy::all)]
                    'summary: for i in piece {
                        level.add(flows[i]);
                        level.max(0);
                        level.min(full);
                    }
                    (level,)
                },
                |(level_after,), (level,)| rt::Step::apply(&level_after, level),
            )
            .run(
                (),
                |(mut level,), (), piece| {
                    let (piece, (mut levels,)) = piece.apart();
                    let full = full;
                    for i in piece {
                        level = (level + flows[i]).clamp(0, full);
                        levels[i] = level;
                    }
                    ((level,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (level,) = carried;
        }
    }
}
/// Bits that turn.
fn mixed(words: &[u32]) -> u32 {
    let mut hash = 7u32;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("mixed", ::core::file!(), 57u32);
        let carried;
        (carried, ()) = rt::masked(
                &hash,
                rt::Scan::new,
            )(rt::Region::new(&SITE), rt::source(words), (hash,))
            .steps(
                |(hash,), piece| {
                    let mut hash = rt::bits(hash);
                    #[allow(unused, clippy::all)]
                    'summary: for word in piece {
                        hash.rotate_left(5);
                        hash.xor(word);
                    }
                    (hash,)
                },
                |(hash_after,), (hash,)| rt::Step::apply(&hash_after, hash),
            )
            .run(
                (),
                |(mut hash,), (), piece| {
                    for word in piece {
                        hash = hash.rotate_left(5) ^ word;
                    }
                    ((hash,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (hash,) = carried;
        }
    }
    hash
}
/// A counter that starts again.
fn hours(readings: &[u32], day: u32) -> Vec<(u32, u32)> {
    let mut hour = 0;
    let mut timed = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("hours", ::core::file!(), 68u32);
        let law_timed = rt::monoid::<rt::ops::Append, _>(&timed);
        let carried;
        (carried, (timed,)) = rt::reduced(
                &hour,
                rt::Scan::new,
            )(rt::Region::new(&SITE), rt::source(readings), (hour,))
            .steps(
                |(hour,), piece| {
                    let mut hour = rt::modular(hour);
                    #[allow(unused, clippy::all)]
                    'summary: for &reading in piece {
                        hour.add(1);
                        hour.restart(day);
                    }
                    (hour,)
                },
                |(hour_after,), (hour,)| rt::Step::apply(&hour_after, hour),
            )
            .run(
                (timed,),
                |(mut hour,), (mut timed,), piece| {
                    let day = day;
                    for &reading in piece {
                        timed.push((hour, reading));
                        hour += 1;
                        if hour == day {
                            hour = 0;
                        }
                    }
                    ((hour,), (timed,))
                },
                |(timed,)| (law_timed.fresh(timed),),
                |(left_timed,), (right_timed,)| {
                    law_timed.combine(left_timed, right_timed);
                },
            );
        #[allow(unused_assignments)]
        {
            (hour,) = carried;
        }
    }
    timed
}
/// What may be missing is less than all that is there.
fn latest(stamps: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut latest: Option<u32> = None;
    let mut known = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("latest", ::core::file!(), 83u32);
        let law_known = rt::monoid::<rt::ops::Append, _>(&known);
        let carried;
        (carried, (known,)) = rt::compared(
                &latest,
                rt::Scan::new,
            )(rt::Region::new(&SITE), rt::source(stamps), (latest,))
            .steps(
                |(latest,), piece| {
                    let mut latest = rt::between(latest);
                    #[allow(unused, clippy::all)]
                    'summary: for &stamp in piece {
                        latest.max(stamp);
                    }
                    (latest,)
                },
                |(latest_after,), (latest,)| rt::Step::apply(&latest_after, latest),
            )
            .run(
                (known,),
                |(mut latest,), (mut known,), piece| {
                    for &stamp in piece {
                        latest = latest.max(stamp);
                        known.push(latest);
                    }
                    ((latest,), (known,))
                },
                |(known,)| (law_known.fresh(known),),
                |(left_known,), (right_known,)| {
                    law_known.combine(left_known, right_known);
                },
            );
        #[allow(unused_assignments)]
        {
            (latest,) = carried;
        }
    }
    known
}
#[test]
fn same_answer() {
    assert_eq!(smoothed(& [4.0, 8.0]), [1.0, 2.75]);
    assert_eq!(polynomial(& [1, 2, 3], 10), [1, 12, 123]);
    assert_eq!(volume(& [(true, 200), (false, 5), (false, 255)]), [255, 250, 0]);
    let mut levels = [9; 3];
    reservoir(&[3, 4, -9], 5, &mut levels);
    assert_eq!(levels, [3, 5, 0]);
    assert_eq!(mixed(& [1, 2]), (225 << 5) ^ 2);
    assert_eq!(hours(& [5, 6, 7], 2), [(0, 5), (1, 6), (0, 7)]);
    assert_eq!(latest(& [None, Some(2), Some(1)]), [None, Some(2), Some(2)]);
}
