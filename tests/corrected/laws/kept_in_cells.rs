use std::collections::HashMap;

use divvy::par_reduce;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Player {
    score: u32,
    id: u32,
}

/// Those of each team first, the best of them afterwards.
#[par_reduce]
fn best_by_team(players: &[Player]) -> Vec<Option<Player>> {
    let mut teams: Vec<Vec<Player>> = vec![Vec::new(); 4];
    for &player in players {
        teams[player.id as usize % 4].push(player);
    }
    teams
        .into_iter()
        .map(|team| team.into_iter().max_by_key(|player| player.score))
        .collect()
}

/// `min` passes over NaN.
#[par_reduce]
fn lowest(prices: &[(u32, f64)]) -> HashMap<u32, f64> {
    let mut lowest = HashMap::new();
    for &(item, price) in prices {
        let low = lowest.entry(item).or_insert(f64::INFINITY);
        *low = low.min(price);
    }
    lowest
}

#[test]
fn the_best_of_each_cell() {
    let players = [(5, 1), (7, 1), (7, 5)].map(|(score, id)| Player { score, id });
    assert_eq!(best_by_team(&players)[1], Some(Player { score: 7, id: 5 }));
    assert_eq!(lowest(&[(1, f64::NAN), (1, 2.0)])[&1], 2.0);
}
